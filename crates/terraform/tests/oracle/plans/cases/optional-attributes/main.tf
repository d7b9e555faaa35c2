variable "rules" {
  type = list(object({
    port     = number
    protocol = optional(string, "tcp")
    cidrs    = optional(list(string), ["0.0.0.0/0"])
    log      = optional(object({ enabled = optional(bool, true), level = optional(string) }), {})
  }))
  default = [
    { port = "80" },
    { port = 443, protocol = null, cidrs = [], log = { level = "info" }, unknown = 1 },
    { port = 22, log = null, dropped = { a = 1 } },
  ]
}

variable "settings" {
  type = map(object({
    size = optional(number, 1)
    tags = optional(map(string), { default = "yes" })
    pair = optional(tuple([string, number]))
    set  = optional(set(string), ["b", "a"])
  }))
  default = { one = {}, two = { size = 2, tags = { a = 5 } }, three = { set = [] } }
}

variable "nested" {
  type    = object({ a = optional(object({ b = optional(object({ c = optional(string, "deep") }), {}) }), {}) })
  default = {}
}

output "rules" {
  value = var.rules
}

output "settings" {
  value = var.settings
}

output "nested" {
  value = var.nested.a.b.c
}

module "m" {
  source = "./m"
  config = { name = "given", list = ["x"] }
}

module "null" {
  source = "./m"
  config = null
}

output "modules" {
  value = [module.m.config, module.null.config, module.null.strict]
}
