package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's examples with windows, of both generations, print what they print on Flink. */
@Timeout(60)
class WindowProgramsTest {
    private static final String EXAMPLES = "org.apache.flink.streaming.examples.";

    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void countsWordsInWindowsWithASideOutput(String jar) throws Exception {
        List<String> lines = printed(jar, EXAMPLES + "sideoutput.SideOutputExample");

        assertThat(lines).hasSize(173);
        assertThat(digestOf(lines))
                .isEqualTo("53ce0f5625faa756ae6be77f0da1b090a5869c67fd512baf0a1d7740a4fa388a");
    }

    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void sumsSessions(String jar) throws Exception {
        List<String> lines = printed(jar, EXAMPLES + "windowing.SessionWindowing");

        assertThat(lines).hasSize(6);
        assertThat(digestOf(lines))
                .isEqualTo("21dfb75dae27e7b0c8e607a74e2be242c3dbb8c5978536ac6df86026f7600205");
    }

    private static List<String> printed(String jar, String main) throws Exception {
        try (FlinkJar program = FlinkJar.open(jar, 2);
                Printed printed = Printed.open(1)) {
            program.run(main);
            return printed.lines().stream().sorted().toList();
        }
    }

    /** Of the lines, each with a line feed. */
    private static String digestOf(List<String> sorted) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String line : sorted) {
            digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
