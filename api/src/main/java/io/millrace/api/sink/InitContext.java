package io.millrace.api.sink;

import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;

/** Where a writer or committer runs. */
public interface InitContext {
    JobInfo getJobInfo();

    TaskInfo getTaskInfo();
}
