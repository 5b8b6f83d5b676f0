"""Addresses of the context room."""

from django.urls import path

from sauro.web.surroundings import issues, procedures, processes, suppliers

urlpatterns = [
    path("", issues.issue_list, name="context"),
    path("van-de/them/", issues.issue_add, name="issue-add"),
    path("van-de/lay-mau/", issues.issue_take, name="issue-take"),
    path("van-de/<int:pk>/", issues.issue, name="issue"),
    path("van-de/<int:pk>/phieu.docx", issues.issue_paper, name="issue-paper"),
    path("van-de/<int:pk>/xem-lai/", issues.issue_review, name="issue-review"),
    path("van-de/<int:pk>/thoi/", issues.issue_end, name="issue-end"),
    path("ben-quan-tam/", issues.party_list, name="party-list"),
    path("ben-quan-tam/them/", issues.party_add, name="party-add"),
    path("ben-quan-tam/lay-mau/", issues.party_take, name="party-take"),
    path("ben-quan-tam/<int:pk>/", issues.party, name="party"),
    path("ben-quan-tam/<int:pk>/phieu.docx", issues.party_paper, name="party-paper"),
    path("ben-quan-tam/<int:pk>/xem-lai/", issues.party_review, name="party-review"),
    path("ben-quan-tam/<int:pk>/thoi/", issues.party_end, name="party-end"),
    path("pham-vi/", procedures.scope_page, name="scope"),
    path("pham-vi/lan-moi/", procedures.decide, name="scope-decide"),
    path("pham-vi/nhap/", procedures.take_in, name="procedure-import"),
    path("pham-vi/thu-tuc/them/", procedures.add, name="procedure-add"),
    path("pham-vi/thu-tuc/<int:pk>/", procedures.edit, name="procedure"),
    path("pham-vi/thu-tuc/<int:pk>/thoi/", procedures.end, name="procedure-end"),
    path("qua-trinh/", processes.process_map, name="process-map"),
    path("qua-trinh/them/", processes.add, name="process-add"),
    path("qua-trinh/lay-mau/", processes.take, name="process-take"),
    path("qua-trinh/<int:pk>/", processes.process, name="process"),
    path("qua-trinh/<int:pk>/phieu.docx", processes.paper, name="process-paper"),
    path("qua-trinh/<int:pk>/sua/", processes.edit, name="process-edit"),
    path("qua-trinh/<int:pk>/thoi/", processes.end, name="process-end"),
    path("ben-cung-cap/", suppliers.supplier_list, name="supplier-list"),
    path("ben-cung-cap/them/", suppliers.add, name="supplier-add"),
    path("ben-cung-cap/<int:pk>/", suppliers.supplier, name="supplier"),
    path("ben-cung-cap/<int:pk>/phieu.docx", suppliers.paper, name="supplier-paper"),
    path("ben-cung-cap/<int:pk>/sua/", suppliers.edit, name="supplier-edit"),
    path("ben-cung-cap/<int:pk>/thoi/", suppliers.end, name="supplier-end"),
]
