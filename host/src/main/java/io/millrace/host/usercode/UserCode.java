package io.millrace.host.usercode;

import io.millrace.runtime.plan.JobGraph;

/** Finds the class loader of a job's user code. Thread-safe. */
@FunctionalInterface
public interface UserCode {
    /** The same loader each time for the same job. */
    ClassLoader loaderOf(JobGraph graph);

    /** Finds the classes of reporters, which belong to no job. */
    default ClassLoader ofProcess() {
        return UserCode.class.getClassLoader();
    }

    /** All jobs and all reporters are of one loader. */
    static UserCode all(ClassLoader loader) {
        return new UserCode() {
            @Override
            public ClassLoader loaderOf(JobGraph graph) {
                return loader;
            }

            @Override
            public ClassLoader ofProcess() {
                return loader;
            }
        };
    }
}
