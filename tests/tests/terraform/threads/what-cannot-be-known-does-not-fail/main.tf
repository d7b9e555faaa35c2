# https://github.com/aquasecurity/trivy/issues/7764
# https://github.com/aquasecurity/trivy/issues/8485
data "aws_kms_alias" "messages" {
  name = "alias/messages"
}

data "aws_ssm_parameter" "encrypted" {
  name = "encrypted"
}

# A key that is looked up exists, whatever it is called.
resource "aws_sns_topic" "orders" {
  kms_master_key_id = data.aws_kms_alias.messages.target_key_id
}

resource "aws_sns_topic" "visits" { # finding topic-not-encrypted: resource "aws_sns_topic" "visits"
}

resource "aws_db_instance" "orders" { # unknown database-not-encrypted
  storage_encrypted = data.aws_ssm_parameter.encrypted.value
}
