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
  l1 = var.options.first == join("-", var.items)
  l2 = merge(var.options.tags, { b = var.options.first })
}

resource "terraform_data" "r3" {
  input = { a = "%{ if var.enabled }yes%{ else }no%{ endif }" }
}

resource "terraform_data" "r4" {
  input = can({}.a)
  triggers_replace = ["beta", 1]
}

resource "terraform_data" "r5" {
  input = jsonencode([for x in var.items : x if x != terraform_data.r3.id])
}

locals {
  l6 = try(terraform_data.r3.input["zz"], substr("${one([var.name])}-long", 0, 3))
  l7 = keys({ a = "${terraform_data.r5.output}-${var.size}", b = join("-", var.items) })
  l8 = can(terraform_data.r3.output.a)
}

resource "terraform_data" "r9" {
  count = var.enabled ? 1 : 0
  input = flatten([values({}), ["${var.password}-${count.index}"]])
  triggers_replace = [jsonencode(local.l7), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = sum([length(terraform_data.r9), 1])
  l11 = values(terraform_data.r3.output)
  l12 = max(max((local.l8 ? local.l10 : length(terraform_data.r9)), sum([length(terraform_data.r9), 1])), (!(local.l8) ? sum([length(terraform_data.r9), 1]) : local.l10))
}

output "o13" {
  value = terraform_data.r5.id
}

output "o14" {
  value = length(compact([upper(terraform_data.r4.id), ""]))
}

output "o15" {
  value = !(terraform_data.r4.output)
}

output "o16" {
  value = keys({ for i, x in [{ v = terraform_data.r5.id }, { v = "Grüße" }][*].v : "k${i}" => x })
}

output "o17" {
  value = { for k, v in { for k, v in var.labels : k => upper(v) } : "${k}-x" => v if k != "b" }
}

