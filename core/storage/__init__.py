"""State: tables, queries, migrations, pictures."""
