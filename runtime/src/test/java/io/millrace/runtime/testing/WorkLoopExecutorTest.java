package io.millrace.runtime.testing;

class WorkLoopExecutorTest extends TaskExecutorContract {
    @Override
    String threads() {
        return "loops";
    }
}
