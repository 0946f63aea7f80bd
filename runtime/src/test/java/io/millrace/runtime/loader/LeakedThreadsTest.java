package io.millrace.runtime.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeakedThreadsTest {
    @Test
    void namesTheThreadsThatOutliveAJobAndNoOthers() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        try (URLClassLoader job = new URLClassLoader(new URL[0], null)) {
            assertThat(LeakedThreads.of(job)).isEmpty();
            Thread leaked = new Thread(() -> waitFor(letGo), "refresher");
            leaked.setContextClassLoader(job);
            leaked.start();
            Thread other = new Thread(() -> waitFor(letGo), "somebody else's");
            other.start();
            try {
                assertThat(LeakedThreads.of(job))
                        .singleElement()
                        .satisfies(text -> assertThat(text).startsWith("'refresher'"));
            } finally {
                letGo.countDown();
                leaked.join();
                other.join();
            }
            assertThat(LeakedThreads.of(job)).isEmpty();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
