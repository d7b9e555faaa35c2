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
  l1 = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }
  l2 = var.size
  l3 = tomap({ a = var.password, c = var.options.first })
}

resource "terraform_data" "r4" {
  count = 1
  input = length([{ v = (var.enabled ? var.password : var.name) }, { v = "%{ if var.enabled }yes%{ else }no%{ endif }" }][*].v)

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  count = min(3, sum([length(var.items), 1]))
  input = tomap({ a = element(concat(["z"], slice(concat(["s", "Grüße"], terraform_data.r4[*].id), 0, 2)), 1), c = try({ a = var.name, b = "Grüße" }["zz"], ((var.enabled ? { v = "Grüße" } : { v = var.name }).v)) })
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = jsonencode({ name = var.options.first, size = count.index })
  triggers_replace = [format("%s/%03d", "alpha", count.index), 1]
}

locals {
  l7 = { for i, x in tolist(toset([(true ? var.options.first : var.name), "set"])) : "k${i}" => x }
  l8 = var.enabled
}

module "m9" {
  source = "./a"
  name = try({ a = coalesce("Grüße", "none"), b = "${""}-${var.size}" }["zz"], replace("%{ if false }yes%{ else }no%{ endif }", "a", "o"))
  size = (var.options.first != null ? max(local.l2, 2) : var.size)
  enabled = local.l8
  items = [substr("${var.options.first}-long", 0, 3)]
  labels = zipmap(["a", "d"], [var.options.first, var.options.first])
}

module "m10" {
  source = "./a"
  name = lookup({ a = try(terraform_data.r6[0].output, "none"), b = try(terraform_data.r6[0].output, "none") }, "a", "${trimspace(" ${var.options.first} ")}-${max(length(terraform_data.r5), local.l2)}")
  enabled = (var.enabled || var.enabled)
  labels = { for i, x in ["x", "y"] : "k${i}" => x }
  password = upper((7 > var.size ? trimspace(" ${"beta"} ") : var.password))
}

resource "terraform_data" "r11" {
  input = var.name
  triggers_replace = [((tostring(local.l2) == trimspace(" ${var.options.first} ") ? { v = "%{ if module.m10.o11 }yes%{ else }no%{ endif }" } : { v = one([element(concat(["z"], terraform_data.r6[*].input), 1)]) }).v), 1]
}

locals {
  l12 = { a = "beta", b = "p-${module.m9.o9}" }
  l13 = tolist(["Grüße", var.password])
  l14 = length(terraform_data.r4[*].id) > 0
}

output "o15" {
  value = lookup(tomap({ a = terraform_data.r11.id, c = "%{ if true }yes%{ else }no%{ endif }" }), "a", join("-", keys(module.m10.o13)))
}

output "o16" {
  value = (true ? length(terraform_data.r5) : length(terraform_data.r5))
}

output "o17" {
  value = contains([for x in module.m9.o12 : x if x != terraform_data.r11.input], join("-", local.l13))
  sensitive = true
}

output "o18" {
  value = compact([((module.m10.o11 || module.m10.o11) ? lookup(module.m9.o13, "a", terraform_data.r11.input) : var.password), ""])
  sensitive = true
}

output "o19" {
  value = local.l7
}

