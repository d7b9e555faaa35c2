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
  l1 = "%{ for x in tolist(toset([var.name, "set"])) }<${x}>%{ endfor }"
  l2 = var.enabled
  l3 = { for i, x in tolist(["l"]) : "k${i}" => x }
  l4 = var.name
}

resource "terraform_data" "r5" {
  count = 0
  input = { a = var.name }
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = "%{ if local.l2 }yes%{ else }no%{ endif }"

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  count = 0
  input = length(terraform_data.r6) % 3
}

locals {
  l8 = zipmap(["a", "d"], [local.l4, var.options.first])
}

module "m9" {
  source = "./a"
  for_each = local.l3
  labels = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }
  password = "${""}-${sum([length(terraform_data.r6) % 3, 1])}"
  options = { first = "f-${upper(coalesce("Grüße", "none"))}", other = 1 }
}

resource "terraform_data" "r10" {
  count = var.enabled ? 1 : 0
  input = [{ v = "%{ if false }yes%{ else }no%{ endif }" }, { v = lookup(local.l3, "a", var.name) }][*].v
}

locals {
  l11 = (contains(terraform_data.r6[*].input, local.l4) ? 7 : length(local.l3))
  l12 = local.l2
  l13 = element(concat(["z"], ["x", "y"]), 1) == lookup({ for k, m in module.m9 : k => m.o10 }, "a", var.name)
  l14 = { for k, v in { a = one(["alpha"]) } : k => upper(v) }
}

output "o15" {
  value = substr("${var.name}-long", 0, 3)
}

output "o16" {
  value = length("alpha")
}

output "o17" {
  value = can({ for k, m in module.m9 : k => m.o10 }.a)
}

output "o18" {
  value = terraform_data.r10[*].id
}

output "o19" {
  value = merge({ for k, v in var.labels : k => upper(v) }, { b = jsonencode(["x", "y"]) })
}

