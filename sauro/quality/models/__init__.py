"""Records of the quality management system, clause by clause."""

from sauro.quality.models.audit import Audit, AuditorPlace, AuditProgramme, ChecklistItem, Finding
from sauro.quality.models.context import ContextIssue, InterestedParty, ListedProcedure, Process, ProcessFlow, Scope
from sauro.quality.models.feedback import AnswerValue, Feedback, Question, SpentKey, Survey, SurveyAnswer
from sauro.quality.models.links import Proof, QualityAction
from sauro.quality.models.nonconformity import Nonconformity
from sauro.quality.models.people import (
    CommitteeMember,
    Competence,
    CompetenceLevel,
    Responsibility,
    Training,
    TrainingPlace,
)
from sauro.quality.models.review import ManagementReview, ReviewDecision, ReviewInput, Supplier, SupplierEvaluation
from sauro.quality.models.risk import Risk, RiskReview, RiskScale
from sauro.quality.models.standard import Applicability, ClauseAnswer, ClimateRelevance
from sauro.quality.models.year import (
    Cascade,
    ConformityDeclaration,
    CycleStep,
    Publication,
    SetUp,
    UnitObjectives,
    YearCycle,
)

__all__ = [
    "AnswerValue", "Applicability", "Audit", "AuditProgramme", "AuditorPlace", "Cascade", "ChecklistItem",
    "ClauseAnswer", "ClimateRelevance", "CommitteeMember", "Competence", "CompetenceLevel", "ConformityDeclaration",
    "ContextIssue", "CycleStep", "Feedback", "Finding", "InterestedParty", "ListedProcedure", "ManagementReview",
    "Nonconformity", "Process", "ProcessFlow", "Proof", "Publication", "QualityAction", "Question", "Responsibility",
    "ReviewDecision", "ReviewInput", "Risk", "RiskReview", "RiskScale", "Scope", "SetUp", "SpentKey", "Supplier",
    "SupplierEvaluation", "Survey", "SurveyAnswer", "Training", "TrainingPlace", "UnitObjectives", "YearCycle",
]  # fmt: skip
