variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = [{ v = var.name }, { v = var.password }][*].v
}

resource "terraform_data" "r2" {
  input = 7
}

resource "terraform_data" "r3" {
  input = terraform_data.r2.output
}

resource "terraform_data" "r4" {
  for_each = { for k, v in { for i, x in slice(concat(["s", var.options.first], var.items), 0, 2) : "k${i}" => x } : k => upper(v) }
  input = upper("%{ if true }yes%{ else }no%{ endif }")
}

locals {
  l5 = !(startswith(terraform_data.r3.id, "p"))
  l6 = "%{ if can({ for k, r in terraform_data.r4 : k => r.id }.a) }yes%{ else }no%{ endif }"
  l7 = [{ v = terraform_data.r2.id }, { v = local.l6 }][*].v
}

module "m8" {
  source = "./a"
  for_each = toset([for x in keys(terraform_data.r4) : x if x != var.options.first])
  name = jsonencode(keys(terraform_data.r4))
  size = length(local.l7) % 3
  enabled = var.enabled
  labels = var.labels
  password = tostring(terraform_data.r2.input)
}

module "m9" {
  source = "./a"
  name = try({ for k, v in var.options.tags : "${k}-x" => v if k != "b" }["zz"], "%{ for x in keys(terraform_data.r4) }<${x}>%{ endfor }")
  size = sum([terraform_data.r3.output, 1])
  labels = var.labels
  options = { first = "f-${jsonencode(values(terraform_data.r4)[*].input)}", other = 1 }
}

resource "terraform_data" "r10" {
  count = 2
  input = "p-${substr("${var.name}-long", 0, 3)}"
  triggers_replace = [((local.l5 ? { v = terraform_data.r3.id } : { v = terraform_data.r2.id }).v), 1]
}

locals {
  l11 = "%{ for x in terraform_data.r10[*].id }<${x}>%{ endfor }"
  l12 = tolist(["beta", module.m9.o11])
}

output "o13" {
  value = ("p-${terraform_data.r3.id}" == substr("${local.l6}-long", 0, 3) ? "" : element(concat(["z"], var.items), 1))
}

output "o14" {
  value = terraform_data.r3.input
}

output "o15" {
  value = sum([terraform_data.r3.input, 1]) > length(((module.m9.o13 ? { v = var.options.first } : { v = try(terraform_data.r10[0].output, "none") }).v))
}

output "o16" {
  value = concat(local.l1, local.l12)
  sensitive = true
}

output "o17" {
  value = tomap({ a = local.l6, c = terraform_data.r3.id })
}

