"""Agencies, their units, people, roles and days off."""

from sauro.organization.models.agency import Agency, CertificateAuthority, DayOff
from sauro.organization.models.people import Person, Role
from sauro.organization.models.units import Unit, UnitAlias

__all__ = ["Agency", "CertificateAuthority", "DayOff", "Person", "Role", "Unit", "UnitAlias"]
