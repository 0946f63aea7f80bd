package io.millrace.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemorySplitTest {
    @Test
    void neverPromisesMoreThanTheContainerHas() {
        for (int mb = MemorySplit.MIN_CONTAINER_MB; mb <= 65_536; mb++) {
            for (MemorySplit split :
                    List.of(
                            MemorySplit.ofWorker(mb),
                            MemorySplit.ofWorker(mb, 0.3),
                            MemorySplit.ofWorker(mb, 0.8),
                            MemorySplit.ofMaster(mb))) {
                assertThat(
                                split.heapMb()
                                        + split.directMb()
                                        + split.metaspaceMb()
                                        + split.stateMb()
                                        + split.overheadMb())
                        .isEqualTo(mb);
                assertThat(split.heapMb()).isGreaterThanOrEqualTo(64);
            }
        }
    }

    @Test
    void givesMostOfALargeContainerToTheHeap() {
        assertThat(MemorySplit.ofWorker(16_384).heapMb()).isGreaterThan(16_384 * 7 / 10);
        assertThat(MemorySplit.ofMaster(4096).heapMb()).isGreaterThan(4096 * 7 / 10);
    }

    @Test
    void limitsEveryAreaAndEndsTheProcessWhenOneIsExhausted() {
        assertThat(MemorySplit.ofWorker(1024).jvmFlags())
                .containsExactly(
                        "-Xmx656m",
                        "-XX:MaxDirectMemorySize=128m",
                        "-XX:MaxMetaspaceSize=128m",
                        "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void givesStateItsPartOutOfTheHeap() {
        MemorySplit split = MemorySplit.ofWorker(4096, 0.3);

        assertThat(split.stateMb()).isEqualTo(1228);
        assertThat(split.heapMb()).isEqualTo(MemorySplit.ofWorker(4096).heapMb() - 1228);
        assertThat(split.jvmFlags())
                .contains(
                        "-Dmillrace.memory.process-bytes=4294967296",
                        "-Dmillrace.memory.state-bytes=1287651328");
    }

    @Test
    void keepsAHeapInASmallContainerWithState() {
        MemorySplit split = MemorySplit.ofWorker(512, 0.8);

        assertThat(split.heapMb()).isEqualTo(102);
        assertThat(split.stateMb()).isEqualTo(138);
    }

    @Test
    void saysHowSmallAContainerMayBe() {
        assertThatThrownBy(() -> MemorySplit.ofWorker(383))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("383 MB")
                .hasMessageContaining("384 MB")
                .hasMessageContaining("yarn.worker.memory");
    }
}
