
# https://github.com/aquasecurity/trivy/issues/3774
# https://github.com/aquasecurity/trivy/issues/2424
# https://github.com/tenable/terrascan/issues/1446
module "rules" {
  source = "./rules"
  ports = {
    web = 443
    ssh = 22
  }
  networks = { web = "0.0.0.0/0", ssh = "0.0.0.0/0" } # finding remote-login-open-to-internet: "0.0.0.0/0"
}

# https://github.com/DataDog/datadog-iac-scanner/issues/329
module "worker" {
  source = "./rules"
  ports  = {}
}

resource "aws_sqs_queue" "safe" { # pass queue-not-encrypted
  name                    = "safe"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "open" {
  name                    = "open"
  sqs_managed_sse_enabled = false # finding queue-not-encrypted: false
}
