package io.millrace.runtime.testing;

class DedicatedExecutorTest extends TaskExecutorContract {
    @Override
    String threads() {
        return "dedicated";
    }
}
