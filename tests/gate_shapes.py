"""Shapes that use every component and every way of joining that the gate knows."""

PREFIXES = """
@prefix ex: <http://ex/> .
@prefix mg: <https://w3id.org/medalgraph/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <https://w3id.org/medalgraph/shapes#> .
mg: sh:declare [ sh:prefix "mg" ; sh:namespace "https://w3id.org/medalgraph/ns#"^^xsd:anyURI ] .
"""

RECORD = (
    PREFIXES
    + """
s:Person a sh:NodeShape ; sh:targetClass mg:Person ; sh:nodeKind sh:IRI ;
  sh:message "A person has an address." ;
  sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ;
    sh:message "A person has a name, one a language." ] ;
  sh:property [ sh:path mg:born ; sh:name "birth date" ; sh:datatype xsd:string ;
    sh:pattern "^[0-9]{4}(-[0-9]{2})*$" ; sh:lessThanOrEquals mg:died ;
    sh:message "Write the birth date as 2002-04-05." ] ;
  sh:property [ sh:path mg:born ; sh:maxCount 1 ; sh:severity sh:Warning ;
    sh:message "Two birth dates." ] ;
  sh:property [ sh:path mg:born ; sh:minCount 1 ; sh:severity sh:Info ;
    sh:message "The birth date is not known." ] .
s:Games a sh:NodeShape ; sh:targetClass mg:Games ;
  sh:property [ sh:path mg:year ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ;
    sh:minInclusive 1 ; sh:maxInclusive 3000 ; sh:message "Games have one year." ] ;
  sh:property [ sh:path [ sh:inversePath mg:games ] ; sh:minCount 2 ; sh:severity sh:Warning ;
    sh:message "Games have two events." ] .
s:Event a sh:NodeShape ; sh:targetClass mg:Event, mg:Occasion ;
  sh:property [ sh:path mg:games ; sh:class mg:Games ; sh:maxCount 1 ;
    sh:message "An event is at one Games." ] ;
  sh:property [ sh:path ( mg:games mg:year ) ; sh:datatype xsd:integer ; sh:minCount 1 ;
    sh:message "The Games of an event have a year." ] ;
  sh:property [ sh:path ( [ sh:inversePath mg:event ] mg:nation ) ; sh:class mg:Nation ;
    sh:maxCount 1 ; sh:message "One nation." ] .
s:Ties a sh:NodeShape ; sh:targetClass mg:Event ; sh:severity sh:Warning ;
  sh:sparql [ sh:prefixes mg: ; sh:message "Two golds without a tie." ;
    sh:select \"\"\"SELECT $this WHERE { ?a mg:event $this ; mg:medal mg:Gold ; mg:entry ?e .
      OPTIONAL { ?e mg:rank ?k } } GROUP BY $this
      HAVING (COUNT(DISTINCT ?a) > 1 &&
        !(COUNT(?k) = COUNT(?a) && COUNT(DISTINCT ?k) = 1))\"\"\" ] .
s:Entry a sh:NodeShape ; sh:targetClass mg:Entry ;
  sh:property [ sh:path mg:won ; sh:in ( mg:Gold mg:Silver 1 "AZE" "gold"@en ) ;
    sh:message "Gold or silver." ] ;
  sh:property [ sh:path mg:kind ; sh:hasValue mg:Final ; sh:message "Say that it is the final." ] ;
  sh:property [ sh:path mg:phase ; sh:pattern "^[a-z]+$" ; sh:flags "i" ;
    sh:message "Letters only." ] ;
  sh:sparql [ sh:prefixes mg: ; sh:message "{?value} is not admitted." ;
    sh:select \"\"\"SELECT $this ?value WHERE { $this mg:sportClass ?value ; mg:event ?e .
      ?e mg:sportClass ?any . FILTER NOT EXISTS { ?e mg:sportClass ?value } }\"\"\" ] ;
  sh:sparql [ sh:prefixes mg: ; sh:message "No standing award." ;
    sh:select \"\"\"SELECT $this ?value WHERE { $this mg:won ?value . FILTER NOT EXISTS {
      ?a mg:entry $this ; mg:medal ?value ; mg:status mg:Standing } }\"\"\" ] .
s:Award a sh:NodeShape ; sh:targetSubjectsOf mg:medal ;
  sh:property [ sh:path mg:entry ; sh:nodeKind sh:BlankNodeOrIRI ; sh:message "A node." ] ;
  sh:sparql [ sh:prefixes mg: ; sh:message "Another event." ;
    sh:select \"\"\"SELECT $this WHERE { $this mg:event ?x ; mg:entry/mg:event ?y
      FILTER(?x != ?y) }\"\"\" ] .
s:Tally a sh:NodeShape ; sh:targetClass mg:Tally ;
  sh:sparql [ sh:prefixes mg: ; sh:message "The colours do not add up." ;
    sh:select \"\"\"SELECT $this ?value WHERE { $this mg:gold ?g ; mg:silver ?s ; mg:total ?value
      FILTER(?g + ?s != ?value) }\"\"\" ] ;
  sh:sparql [ sh:prefixes mg: ; sh:message "Part of something odd." ;
    sh:select \"\"\"SELECT $this ?value WHERE { $this mg:partOf+ ?value .
      { ?value mg:gold ?n } UNION { ?value mg:silver ?n } FILTER(?n > 2) }\"\"\" ] .
"""
)

SOURCE = (
    PREFIXES
    + """
s:OneBirth a sh:NodeShape ; sh:targetClass mg:Person ;
  sh:property [ sh:path mg:born ; sh:maxCount 1 ; sh:message "One source, one birth date." ] .
s:OneNation a sh:NodeShape ; sh:targetSubjectsOf mg:nation ;
  sh:property [ sh:path mg:nation ; sh:maxCount 1 ; sh:message "One source, one nation." ] ;
  sh:property [ sh:path mg:nation ; sh:class mg:Nation ; sh:message "A nation." ] .
"""
)

FILES = {"all.ttl": RECORD, "within-source.ttl": SOURCE}
