package io.millrace.examples.scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The package for Airflow has its own tests, in plain Python. */
class AirflowExampleTest {
    @Test
    void passesItsOwnTests() throws Exception {
        assumeTrue(
                hasPython(),
                "There is no python3 3.8 or newer: the tests of examples/airflow are left out.");
        Process tests =
                new ProcessBuilder(
                                "python3",
                                "-B",
                                "-m",
                                "unittest",
                                "discover",
                                "-s",
                                "tests",
                                "-t",
                                ".")
                        .directory(Path.of("airflow").toFile())
                        .redirectErrorStream(true)
                        .start();
        tests.getOutputStream().close();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("Ran [1-9]\\d+ tests");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "python3",
                                    "-c",
                                    "import sys; sys.exit(sys.version_info < (3, 8))")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
