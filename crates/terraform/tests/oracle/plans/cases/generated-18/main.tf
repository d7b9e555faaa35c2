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
  l1 = var.options.tags
  l2 = length(split("-", tostring(var.size))) > 0
  l3 = var.size
}

resource "terraform_data" "r4" {
  count = 2
  input = (can(local.l1.a) ? upper(var.name) : var.password)
}

locals {
  l5 = tolist(["l"])
  l6 = (local.l2 || var.enabled)
}

module "m7" {
  source = "./a"
  count = 3
  name = replace(format("%s/%03d", trimspace(" ${var.options.first} "), var.size), "a", "o")
  enabled = 0 > count.index
  labels = { for k, v in local.l1 : k => upper(v) }
  password = format("%s/%03d", var.name, sum([length(terraform_data.r4), 1]) % 3)
  options = { first = "f-${join("-", ["%{ for x in local.l5 }<${x}>%{ endfor }"])}", other = 1 }
}

module "m8" {
  source = "./a"
  count = 2
  name = trimspace(" ${tostring(var.size * 2)} ")
  size = length(local.l1)
  items = (false ? tolist([replace("Grüße", "a", "o")]) : tolist([]))
  labels = zipmap(["a", "d"], [((var.enabled ? { v = var.options.first } : { v = var.options.first }).v), trimspace(" ${var.options.first} ")])
  password = ((var.enabled ? { v = var.name } : { v = try(terraform_data.r4[0].output, "none") }).v)
}

resource "terraform_data" "r9" {
  count = 0
  input = { for k, v in local.l1 : "${k}-x" => v if k != "b" }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = local.l6
}

output "o11" {
  value = "%{ for x in tolist([var.password, "alpha"]) }<${x}>%{ endfor }"
  sensitive = true
}

output "o12" {
  value = length(terraform_data.r4)
}

output "o13" {
  value = length(var.items) > 0
}

output "o14" {
  value = slice(concat(["s", "%{ if var.enabled }yes%{ else }no%{ endif }"], tolist(["beta", var.password])), 0, 2)
  sensitive = true
}

output "o15" {
  value = { a = var.options.first }
}

