"""The quality management system of TCVN ISO 9001:2015, standing on plans, duties, reports and evidence."""
