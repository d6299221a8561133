"""Django settings: what both doors share (base) and each door's own."""
