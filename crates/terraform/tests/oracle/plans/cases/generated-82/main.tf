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
  l1 = "${var.password}-${var.size}"
}

resource "terraform_data" "r2" {
  input = tostring(length(var.password) % 3)
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = terraform_data.r2.id
}

resource "terraform_data" "r4" {
  input = { a = "m" }
}

locals {
  l5 = 0
  l6 = local.l1 == var.options.first
  l7 = "${one([terraform_data.r4.id])}-${length(terraform_data.r4.input)}"
  l8 = one([one([terraform_data.r4.id])])
}

module "m9" {
  source = "./a"
  enabled = local.l5 > local.l5
  items = [for x in [substr("${var.options.first}-long", 0, 3)] : "${x}-${substr("${"%{ if var.enabled }yes%{ else }no%{ endif }"}-long", 0, 3)}"]
  labels = { a = one([var.options.first]) }
  password = try(terraform_data.r4.output["zz"], "beta")
}

resource "terraform_data" "r10" {
  count = 1
  input = module.m9.o12
  triggers_replace = [element(concat(["z"], module.m9.o13), 1), 1]
}

locals {
  l11 = var.size
  l12 = sort(tolist(terraform_data.r3[*].id))
  l13 = tostring(length(terraform_data.r3))
}

output "o14" {
  value = upper("p-${var.password}")
  sensitive = true
}

output "o15" {
  value = max(length(terraform_data.r3[*].input), length(terraform_data.r3[*].id))
}

output "o16" {
  value = length(var.password) > (var.enabled ? length(terraform_data.r3) : local.l11)
  sensitive = true
}

output "o17" {
  value = [tostring(local.l11)]
}

output "o18" {
  value = merge({ a = try(terraform_data.r3[0].output, "none") }, { b = try(terraform_data.r4.output["zz"], local.l7) })
}

