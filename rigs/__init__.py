"""The premises: instruments, hub, meters, and the drivers that reach them."""
