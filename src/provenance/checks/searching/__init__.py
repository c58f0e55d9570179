"""How checks search: what is listed, claimed, held and stated."""
