package io.millrace.host.usercode;

import io.millrace.runtime.plan.JobGraph;

/** Finds the class loader of a job's user code. Thread-safe. */
@FunctionalInterface
public interface UserCode {
    /** The same loader each time for the same job. */
    ClassLoader loaderOf(JobGraph graph);
}
