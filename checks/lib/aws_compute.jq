# Scripts of instances and containers of tasks.

# text → what it says, where it is encoded in base64.
def plain_text:
  select(type == "string")
  | first(
      (document | strings),
      if test("^[A-Za-z0-9+/]{16,}={0,2}$") then (@base64d? // .) else . end
    );

# text → whether a data source put it together of parts for cloud-init.
def has_parts: [refs("data.cloudinit_config"), refs("data.template_cloudinit_config")] | length > 0;

# text → the containers that a task definition of ECS holds.
def task_containers: document | arrays | .[];
