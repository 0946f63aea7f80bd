package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.util.Records;
import org.junit.jupiter.api.Test;

class QueueShareTest {
    private static QueueInfo queue(String name, float most, QueueInfo... children) {
        QueueInfo queue = Records.newRecord(QueueInfo.class);
        queue.setQueueName(name);
        queue.setMaximumCapacity(most);
        queue.setChildQueues(List.of(children));
        return queue;
    }

    @Test
    void sharesAreOfTheQueueAbove() {
        QueueInfo night = queue("night", 0.5f);
        QueueInfo batch = queue("batch", 0.4f, night);
        List<QueueInfo> all = List.of(queue("default", 1f), batch, night);

        assertThat(QueueShare.most(all, "default")).contains(1.0);
        assertThat(QueueShare.most(all, "night").orElseThrow()).isCloseTo(0.2, within(1e-6));
        assertThat(QueueShare.most(all, "root.batch.night").orElseThrow())
                .isCloseTo(0.2, within(1e-6));
    }

    @Test
    void whereThereAreNoSharesNothingIsSaid() {
        List<QueueInfo> all = List.of(queue("a", -1f), queue("b", Float.NaN));

        assertThat(QueueShare.most(all, "a")).isEqualTo(Optional.empty());
        assertThat(QueueShare.most(all, "b")).isEqualTo(Optional.empty());
        assertThat(QueueShare.most(all, "c")).isEqualTo(Optional.empty());
    }
}
