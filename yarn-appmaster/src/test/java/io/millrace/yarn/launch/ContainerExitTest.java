package io.millrace.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerExitTest {
    @Test
    void saysWhatToDoAboutMemory() {
        assertThat(ContainerExit.explain(-104, null))
                .contains("exit code -104", "more memory than was granted", "yarn.worker.memory");
        assertThat(ContainerExit.explain(3, null)).contains("ran out of memory");
        assertThat(ContainerExit.explain(-103, null)).contains("vmem-check-enabled");
    }

    @Test
    void explainsSignals() {
        assertThat(ContainerExit.explain(137, null)).contains("SIGKILL");
        assertThat(ContainerExit.explain(134, null)).contains("SIGABRT", "hs_err");
        assertThat(ContainerExit.explain(127, null)).contains("yarn.java-home");
    }

    @Test
    void addsTheFirstLineOfYarnsTextThatSaysMore() {
        String text =
                """
                Exception from container-launch.
                Container id: container_1_0001_01_000002
                Exit code: 1

                [2026-01-01 00:00:00.000]Container exited with a non-zero exit code 1. Error file: prelaunch.err.
                Last 4096 bytes of prelaunch.err :
                no space left on device
                """;
        assertThat(ContainerExit.explain(1, text)).endsWith("YARN says: no space left on device");
    }

    @Test
    void blamesTheNodeOnlyForWhatANodeCanDo() {
        assertThat(ContainerExit.blamesNode(-101)).isTrue();
        assertThat(ContainerExit.blamesNode(137)).isTrue();
        assertThat(ContainerExit.blamesNode(0)).isFalse();
        assertThat(ContainerExit.blamesNode(-102)).isFalse();
        assertThat(ContainerExit.blamesNode(-104)).isFalse();
    }
}
