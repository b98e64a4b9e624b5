"""Installing Concord by OAuth, and the life of an installation until its data is gone."""
