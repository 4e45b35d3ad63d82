"""What the SPARQL 1.1 specifications demand, clause by clause, asked of a running service.

Each case is a function, or a row of a table, under the clause that it comes from. The page
``docs/conformance.md`` is written from them and from what became of them.
"""
