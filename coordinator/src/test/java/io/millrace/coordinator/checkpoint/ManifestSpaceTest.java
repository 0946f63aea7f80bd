package io.millrace.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.Manifests;
import io.millrace.runtime.checkpoint.StoredFile;
import org.junit.jupiter.api.Test;

class ManifestSpaceTest {
    @Test
    void aWorkerMayLeaveSoMuchForEachTask() {
        assertThat(ManifestSpace.ofWorker(20_000, 8, 2, null)).isEqualTo(80_000);
        assertThat(ManifestSpace.ofWorker(0, 8, 2, null)).isZero();
    }

    @Test
    void allWorkersTogetherStayBelowTheMost() {
        assertThat(ManifestSpace.ofWorker(20_000, 40_000, 1000, null))
                .isEqualTo(ManifestSpace.MOST_BYTES / 1000);
        assertThat(ManifestSpace.ofWorker(1 << 20, Integer.MAX_VALUE, 1, null))
                .isEqualTo(ManifestSpace.MOST_BYTES);
    }

    @Test
    void whatIsCarriedOnLeavesLess() {
        byte[] content = new byte[ManifestSpace.MOST_BYTES - 1000];
        var before =
                Manifests.naming(
                        Manifests.JOB,
                        "job",
                        1,
                        7,
                        new StoredFile("1/7/w1.seg", content.length, content),
                        new StoredFile("1/7/w2.seg", 1 << 30));

        assertThat(ManifestSpace.ofWorker(20_000, 4, 4, before)).isEqualTo(250);
        assertThat(ManifestSpace.ofWorker(20_000, 0, 0, before)).isZero();
    }

    @Test
    void nothingIsLeftWhereTheMostIsHeld() {
        byte[] content = new byte[ManifestSpace.MOST_BYTES + 1];
        var before =
                Manifests.naming(
                        Manifests.JOB,
                        "job",
                        1,
                        7,
                        new StoredFile("1/7/w1.seg", content.length, content));

        assertThat(ManifestSpace.ofWorker(20_000, 4, 4, before)).isZero();
    }
}
