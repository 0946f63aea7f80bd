package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A slow sink bounds memory: in a JVM of 64 MB, an endless source of large records is held back.
 */
class BackPressureTest {
    @ParameterizedTest
    @CsvSource({
        "local, 100000, 2000",
        "network, 100000, 2000",
        "local, 2000000, 100",
        "network, 2000000, 100"
    })
    void memoryStaysBoundedBehindASlowSink(String exchange, int recordBytes, int records)
            throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-ea",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SlowSinkProgram.class.getName(),
                                exchange,
                                String.valueOf(recordBytes),
                                String.valueOf(records))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains(SlowSinkProgram.DONE);
        assertThat(process.exitValue()).isZero();
    }
}
