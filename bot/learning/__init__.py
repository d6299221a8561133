"""Training beside the running bot: a candidate is measured against the live model, and goes live only if no language gets worse."""
