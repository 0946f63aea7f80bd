package io.millrace.yarn.launch;

import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * How an application shows itself to the shuffle service that MapReduce has on every node: as if it
 * were a job of MapReduce, with a token whose password is derived from the application's secret.
 * Pure.
 *
 * <p>A NodeManager refuses a container that brings data for a service which it does not have. One
 * that it starts has made the application known to the service.
 */
public final class ShuffleAccess {
    /** The service's name in NodeManagers. */
    public static final String SERVICE = "mapreduce_shuffle";

    private static final Text TOKEN_KIND = new Text("mapreduce.job");

    private ShuffleAccess() {}

    /** The application's name at the services. */
    public static String jobOf(ApplicationId application) {
        return String.format("job_%d_%04d", application.getClusterTimestamp(), application.getId());
    }

    /** What readers of results must know. */
    public static byte[] keyOf(AppSecret secret) {
        return secret.key(AppSecret.Purpose.SHUFFLE);
    }

    /** What goes into the launch context of a container whose node shall serve its results. */
    public static Map<String, ByteBuffer> serviceData(ApplicationId application, AppSecret secret) {
        Text job = new Text(jobOf(application));
        DataOutputBuffer identifier = new DataOutputBuffer();
        DataOutputBuffer out = new DataOutputBuffer();
        try {
            job.write(identifier);
            Token<TokenIdentifier> token =
                    new Token<>(
                            java.util.Arrays.copyOf(identifier.getData(), identifier.getLength()),
                            keyOf(secret),
                            TOKEN_KIND,
                            job);
            token.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return Map.of(SERVICE, ByteBuffer.wrap(out.getData(), 0, out.getLength()));
    }

    /**
     * Where the service listens.
     *
     * @param services what a NodeManager has told of its services when it started a container
     * @return 0 if it has told nothing
     */
    public static int portOf(Map<String, ByteBuffer> services) {
        ByteBuffer told = services == null ? null : services.get(SERVICE);
        return told == null || told.remaining() < Integer.BYTES ? 0 : told.getInt(told.position());
    }
}
