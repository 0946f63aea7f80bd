package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.testing.Await;
import java.time.Duration;
import java.util.List;

/** What must be gone when nothing runs any more: applications, containers, staging directories. */
final class Leftovers {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String STAGING =
            "/user/" + System.getProperty("user.name") + "/.millrace/staging";

    private Leftovers() {}

    static void none(Sandbox sandbox) {
        ResourceManager manager = sandbox.resourceManager();
        Await.until("no unfinished application", LIMIT, manager::unfinished, List::isEmpty);
        Await.until(
                "no allocated container", LIMIT, manager::runningContainers, count -> count == 0);
        assertThat(
                        Await.until(
                                "no staging directory",
                                LIMIT,
                                () -> sandbox.hdfs().list(STAGING),
                                List::isEmpty))
                .isEmpty();
    }

    /** Ends what runs; what is killed so removes nothing by itself. */
    static void end(Sandbox sandbox) {
        ResourceManager manager = sandbox.resourceManager();
        List<String> running = manager.unfinished();
        running.forEach(manager::kill);
        Await.until("no unfinished application", LIMIT, manager::unfinished, List::isEmpty);
        running.forEach(id -> sandbox.hdfs().delete(STAGING + "/" + id));
    }
}
