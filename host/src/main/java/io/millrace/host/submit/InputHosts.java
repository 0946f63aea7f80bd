package io.millrace.host.submit;

import io.millrace.api.graph.LocatedInput;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks sources where their data lies. */
final class InputHosts {
    private static final Logger LOG = LoggerFactory.getLogger(InputHosts.class);

    /** Wishes for more hosts than this are wishes for any. */
    private static final int MOST = 100;

    private InputHosts() {}

    /**
     * The hosts that have the most of it, the best first; empty if it makes no difference, or
     * nobody knows.
     *
     * @param user the context class loader while they are asked
     */
    static List<String> of(StreamGraph graph, ClassLoader user) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(user);
        Map<String, Long> bytes = new TreeMap<>();
        try {
            for (StreamNode node : graph.nodes()) {
                if (Preflights.connectorOf(node.spec()) instanceof LocatedInput input) {
                    add(node, input, bytes);
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
        return bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void add(StreamNode node, LocatedInput input, Map<String, Long> into) {
        try {
            input.bytesByHost().forEach((host, bytes) -> into.merge(host, bytes, Long::sum));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // user code; the job does without
            LOG.warn("a source cannot tell where its data lies operator={}", node.name(), e);
        }
    }
}
