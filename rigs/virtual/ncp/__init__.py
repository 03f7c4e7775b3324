"""A virtual radio stick: EmberZNet's serial protocol on one side, the air on the other."""
