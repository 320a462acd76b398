"""Two versions of one thing: what merges without doubt is merged here, what does not is kept and told."""
