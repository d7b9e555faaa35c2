locals {
  config = yamldecode(file("${path.module}/config.yaml"))
  rows   = csvdecode(file("${path.module}/rows.csv"))
  json   = jsondecode(file("data.json"))
}

resource "terraform_data" "file" {
  for_each = fileset(path.module, "files/**")
  input    = { content = file(each.value), hash = filemd5("${path.module}/${each.value}") }
}

resource "terraform_data" "row" {
  for_each = { for row in local.rows : row.name => row }
  input    = each.value
}

resource "terraform_data" "template" {
  input = templatefile("${path.module}/user.tftpl", { name = "ann", ports = [80, 443], id = terraform_data.row["x"].id })
}

resource "terraform_data" "known_template" {
  input = templatefile("user.tftpl", { name = "bob", ports = [], id = 5 })
}

output "config" {
  value = local.config
}

output "json" {
  value = [local.json.a, fileexists("missing"), fileexists("rows.csv"), basename(path.cwd) != ""]
}
