"""What other files say: configurations, tokenizers, records, reports and citations."""
