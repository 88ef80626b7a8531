"""The reports file: the registration a team keeps today (docs/contracts/reports-file.md)."""
