package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** What must be gone when nothing runs any more: applications, containers, staging directories. */
final class Leftovers {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Leftovers() {}

    static void none(Sandbox sandbox) {
        ResourceManager manager = sandbox.resourceManager();
        Await.until("no unfinished application", LIMIT, manager::unfinished, List::isEmpty);
        Await.until(
                "no allocated container", LIMIT, manager::runningContainers, count -> count == 0);
        String staging = "/user/" + System.getProperty("user.name") + "/.millrace/staging";
        assertThat(
                        Await.until(
                                "no staging directory",
                                LIMIT,
                                () -> sandbox.hdfs().list(staging),
                                List::isEmpty))
                .isEmpty();
    }
}
