package io.millrace.api.backend;

/** What descriptions of state back ends have in common. */
public abstract class AbstractStateBackend implements StateBackend {
    private static final long serialVersionUID = 1L;

    public AbstractStateBackend() {}
}
