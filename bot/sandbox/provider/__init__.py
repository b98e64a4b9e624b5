"""Several local workspaces behind one API address, which an app comes into by OAuth."""
