package io.millrace.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import io.millrace.runtime.wire.AppSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchCommandTest {
    @Test
    void startsJavaWithTheFlagsAndTheArgumentFile() {
        String command =
                ContainerProcess.WORKER.command(
                        settings(Map.of()), MemorySplit.ofWorker(1024), "host-1", "4711", "1024");
        assertThat(command)
                .startsWith("exec {{JAVA_HOME}}/bin/java -Xmx656m ")
                .contains(" @application/worker.args io.millrace.api.launch.Launcher ")
                .contains(" host-1 4711 1024 ")
                .endsWith(" 1><LOG_DIR>/worker.out 2><LOG_DIR>/worker.err");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch /tmp/x)", "`id`", "a b", "a;b", "a&b", "a|b", "a>b", "a'b", "a\"b",
                "a\\b", "a\nb", "{{HOME}}", "<LOG_DIR>", "*", "~", "", "a#b", "!1"
            })
    void refusesWhatAShellOrYarnWouldRead(String word) {
        assertThatThrownBy(
                        () ->
                                LaunchCommand.of(
                                        null,
                                        "f.args",
                                        List.of(),
                                        LaunchCommand.Collector.NAMED,
                                        List.of("Main", word),
                                        "log"))
                .hasMessageStartingWith("INVALID_OPTION");
        assertThatThrownBy(
                        () ->
                                LaunchCommand.of(
                                        word,
                                        "f.args",
                                        List.of(),
                                        LaunchCommand.Collector.NAMED,
                                        List.of("Main"),
                                        "log"))
                .hasMessageStartingWith("INVALID_OPTION");
    }

    @Test
    void putsTheUsersJavaOptionsIntoTheArgumentFileOnly() {
        YarnSettings settings =
                settings(Map.of("yarn.worker.java-options", "-Dx='$(touch y) \"`z`\\' -ea"));
        String file =
                new String(
                        ContainerProcess.WORKER.argumentFile(
                                settings, List.of("lib/api.jar"), false),
                        StandardCharsets.UTF_8);
        assertThat(file)
                .contains("\"-Dx=$(touch y) \\\"`z`\\\\\"\n")
                .contains("\"-ea\"\n")
                .endsWith("\"-cp\"\n\"millrace/lib/api.jar\"\n");
        assertThat(ContainerProcess.WORKER.command(settings, MemorySplit.ofWorker(1024)))
                .doesNotContain("touch");
    }

    @Test
    void leavesTheChoiceOfTheCollectorToTheUser() {
        assertThat(arguments(Map.of())).contains("+UseParallelGC");
        assertThat(arguments(Map.of("yarn.worker.java-options", "-XX:+UseZGC")))
                .contains("+UseZGC")
                .doesNotContain("+UseParallelGC");
    }

    @Test
    void largeWorkersHaveG1WithACacheOfCardsThatChangeOften() {
        Map<String, String> large = Map.of("yarn.worker.memory", "8 gb");
        assertThat(arguments(large)).doesNotContainPattern("Use\\w+GC");
        assertThat(command(large)).contains("+UseG1GC").contains("G1ConcRSLogCacheSize");

        Map<String, String> named =
                Map.of(
                        "yarn.worker.memory",
                        "8 gb",
                        "yarn.worker.java-options",
                        "-XX:+UseParallelGC");
        assertThat(command(named)).doesNotContain("G1");
        assertThat(command(Map.of())).doesNotContain("G1");
    }

    @Test
    void keepsWhatAStartRunsThroughFromTheSecondCompilerUnlessTheUserSaysOtherwise() {
        assertThat(arguments(Map.of()))
                .contains("Tier4InvocationThreshold=20000", "Tier4CompileThreshold=60000");
        String own = "-XX:Tier4InvocationThreshold=5000";
        assertThat(arguments(Map.of("yarn.worker.java-options", own)))
                .containsSubsequence("Tier4InvocationThreshold=20000", own);
    }

    @Test
    void leavesTheCollectorToTheNodeWherePausesCount() {
        Map<String, String> lowPause = Map.of("yarn.worker.collector", "low-pause");
        assertThat(arguments(lowPause)).doesNotContainPattern("Use\\w+GC");
        assertThat(command(lowPause)).contains("-XX:+UseShenandoahGC");
        assertThat(command(Map.of())).doesNotContain("Shenandoah");

        Map<String, String> named =
                Map.of(
                        "yarn.worker.collector",
                        "LOW_PAUSE",
                        "yarn.worker.java-options",
                        "-XX:+UseZGC");
        assertThat(arguments(named)).contains("+UseZGC");
        assertThat(command(named)).doesNotContain("Shenandoah");
    }

    /** Through both shells, as YARN's script does it. */
    @ParameterizedTest
    @CsvSource({
        "yarn.worker.collector, LOW_PAUSE, true, -XX:+UseShenandoahGC -Xmx656m",
        "yarn.worker.collector, LOW_PAUSE, false, -XX:+UseG1GC -XX:MaxGCPauseMillis=4"
                + " -XX:+UnlockExperimentalVMOptions -XX:G1NewSizePercent=1 -Xmx656m",
        "yarn.worker.memory, 8 gb, true, -XX:+UseG1GC -XX:InitiatingHeapOccupancyPercent=70"
                + " -XX:-G1UseAdaptiveIHOP -XX:G1ConcRSLogCacheSize=18"
                + " -XX:G1ConcRSHotCardLimit=1 -Xmx656m",
        "yarn.worker.memory, 8 gb, false, -XX:+UseG1GC -XX:InitiatingHeapOccupancyPercent=70"
                + " -XX:-G1UseAdaptiveIHOP -Xmx656m"
    })
    void takesTheCollectorThatTheJavaOfTheNodeHas(
            String key, String value, boolean has, String expected, @TempDir Path directory)
            throws Exception {
        Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                case "$*" in
                *-version) echo noise; echo noise >&2; exit %d ;;
                *) echo "$*" ;;
                esac
                """
                        .formatted(has ? 0 : 1));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        String command =
                command(Map.of(key, value))
                        .replace("{{JAVA_HOME}}", directory.toString())
                        .replace("<LOG_DIR>", directory.toString());
        Process shell =
                new ProcessBuilder("bash", "-c", "exec /bin/bash -c \"" + command + "\"").start();

        assertThat(shell.waitFor()).isZero();
        assertThat(Files.readString(directory.resolve("worker.out"))).startsWith(expected + " ");
        assertThat(Files.readString(directory.resolve("worker.err"))).isEmpty();
    }

    private static String command(Map<String, String> config) {
        return ContainerProcess.WORKER.command(settings(config), MemorySplit.ofWorker(1024), "x");
    }

    @Test
    void refusesControlCharactersInJavaOptions() {
        assertThatThrownBy(() -> JavaArguments.file(List.of("-Dx=a\nb")))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("control character");
    }

    @Test
    void splitsOptionsAtBlanksOutsideOfQuotes() {
        assertThat(JavaArguments.words(" -a  -b='x y'  \"-c d\" ''"))
                .containsExactly("-a", "-b=x y", "-c d", "");
        assertThatThrownBy(() -> JavaArguments.words("-a 'b"))
                .hasMessageStartingWith("INVALID_OPTION");
    }

    @Test
    void showsTheSecretNowhereButInTheCredentials() {
        AppSecret secret = AppSecret.random();
        Credentials credentials = new Credentials();
        SecretInCredentials.put(credentials, secret);
        String hex = HexFormat.of().formatHex(secret.toBytes());
        assertThat(SecretInCredentials.get(SecretInCredentials.ofWorker(credentials)))
                .isEqualTo(secret);
        assertThat(ContainerProcess.environment("user").toString()).doesNotContain(hex);
        assertThat(secret.toString()).doesNotContain(hex);
        assertThatThrownBy(() -> SecretInCredentials.get(new Credentials()))
                .hasMessageStartingWith("AUTHENTICATION_FAILED");
    }

    private static String arguments(Map<String, String> config) {
        return new String(
                ContainerProcess.WORKER.argumentFile(settings(config), List.of(), false),
                StandardCharsets.UTF_8);
    }

    private static YarnSettings settings(Map<String, String> config) {
        return YarnSettings.from(Config.of(config));
    }
}
