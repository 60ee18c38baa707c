"""What commands share: options, tables on a terminal, where output goes."""
