package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StuckWorkerTest {
    @ParameterizedTest
    @ValueSource(strings = {"loops", "dedicated"})
    void aWorkerWhoseTaskHearsNoCancelEndsItsProcess(String threads) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-ea",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StuckWorkerProgram.class.getName(),
                                threads)
                        .redirectErrorStream(true)
                        .start();
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            // And not DEFECT: the thread that the function has started died alone.
            assertThat(process.exitValue()).as(output).isEqualTo(WorkerExit.TASKS_STUCK.code());
            assertThat(output)
                    .contains("task 'numbers -> deaf -> sink' (1/1)#0 has not ended 300 ms after");
        } finally {
            process.destroyForcibly();
        }
    }
}
