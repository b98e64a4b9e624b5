"""What the browser page asks of the workspace, as one of its people."""
