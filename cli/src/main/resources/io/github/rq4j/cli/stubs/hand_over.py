def _hand_over(name: str) -> Any:
    """Enqueue the running job once more, for Java, and return the new job's id.

    Only a Python worker that took a job from a queue it shares with Java comes here.
    """
    job = rq.get_current_job()
    if job is None or job.func_name != name:
        raise NotImplementedError(f"{name} runs in Java: enqueue it, do not call it")
    if _QUEUE is None or job.origin == _QUEUE:
        raise NotImplementedError(
            f"{name} runs in Java, but a Python worker took it from the queue "
            f"{job.origin}: let only Java workers serve that queue, or name another one "
            "by `rq4j stubs --queue`"
        )
    timeout: Any = job.timeout
    queue = rq.Queue(_QUEUE, connection=job.connection, serializer=job.serializer)
    handed_over = queue.enqueue_call(
        name,
        args=job.args,
        kwargs=job.kwargs,
        timeout=timeout,
        result_ttl=job.result_ttl,
        ttl=job.ttl,
        failure_ttl=job.failure_ttl,
        description=job.description,
        meta=job.meta,
    )
    return handed_over.id
