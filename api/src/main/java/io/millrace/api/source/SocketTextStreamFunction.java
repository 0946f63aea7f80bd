package io.millrace.api.source;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Reads text in UTF-8 from a socket and emits what stands between delimiters. Each part is emitted
 * as soon as its delimiter has come; the last one also without.
 */
@SuppressWarnings("deprecation")
public class SocketTextStreamFunction implements SourceFunction<String> {
    private static final long serialVersionUID = 1L;
    private static final long DEFAULT_DELAY_MS = 500;
    private static final int BUFFER_CHARS = 8192;

    private final String hostname;
    private final int port;
    private final String delimiter;
    private final long maxNumRetries;
    private final long delayBetweenRetriesMs;

    // Set by the thread that cancels, read by the one that runs.
    private volatile boolean canceled;
    // Set by the one that runs, closed by the one that cancels; null while there is none.
    private transient volatile Socket socket;

    public SocketTextStreamFunction(
            String hostname, int port, String delimiter, long maxNumRetries) {
        this(hostname, port, delimiter, maxNumRetries, DEFAULT_DELAY_MS);
    }

    /**
     * @param maxNumRetries how often to connect again when the other side is not there or closes; 0
     *     for never, -1 for as long as it takes
     * @param delayBetweenRetries milliseconds
     */
    public SocketTextStreamFunction(
            String hostname,
            int port,
            String delimiter,
            long maxNumRetries,
            long delayBetweenRetries) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("A port is from 1 to 65535, not " + port + ".");
        }
        if (maxNumRetries < -1) {
            throw new IllegalArgumentException(
                    "The number of retries is 0 or more, or -1, not " + maxNumRetries + ".");
        }
        if (delayBetweenRetries < 0) {
            throw new IllegalArgumentException(
                    "The delay is 0 or more, not " + delayBetweenRetries + " ms.");
        }
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("The delimiter must not be empty.");
        }
        this.hostname = Objects.requireNonNull(hostname);
        this.port = port;
        this.delimiter = delimiter;
        this.maxNumRetries = maxNumRetries;
        this.delayBetweenRetriesMs = delayBetweenRetries;
    }

    @Override
    public void run(SourceContext<String> ctx) throws Exception {
        StringBuilder text = new StringBuilder();
        long retries = 0;
        while (!canceled) {
            IOException failure = readConnection(text, ctx);
            if (canceled || (maxNumRetries != -1 && retries == maxNumRetries)) {
                if (failure != null && !canceled) {
                    throw unreachable(failure, retries);
                }
                break;
            }
            retries++;
            TimeUnit.MILLISECONDS.sleep(delayBetweenRetriesMs);
        }
        if (!canceled && text.length() > 0) {
            ctx.collect(text.toString());
        }
    }

    /** Reads until the other side closes; returns what went wrong, or null. */
    private IOException readConnection(StringBuilder text, SourceContext<String> ctx) {
        try (Socket connection = new Socket()) {
            socket = connection;
            if (canceled) {
                return null;
            }
            connection.connect(new InetSocketAddress(hostname, port));
            Reader reader =
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8);
            char[] buffer = new char[BUFFER_CHARS];
            int count;
            while ((count = reader.read(buffer)) >= 0) {
                int searchFrom = Math.max(0, text.length() - delimiter.length() + 1);
                text.append(buffer, 0, count);
                emitWhole(text, searchFrom, ctx);
            }
            return null;
        } catch (IOException e) {
            return e;
        } finally {
            socket = null;
        }
    }

    /** Emits the parts that have their delimiter, and leaves the rest. */
    private void emitWhole(StringBuilder text, int searchFrom, SourceContext<String> ctx) {
        int begin = 0;
        int end = text.indexOf(delimiter, searchFrom);
        while (end >= 0) {
            int length = end - begin;
            if (delimiter.equals("\n") && length > 0 && text.charAt(end - 1) == '\r') {
                length--;
            }
            ctx.collect(text.substring(begin, begin + length));
            begin = end + delimiter.length();
            end = text.indexOf(delimiter, begin);
        }
        text.delete(0, begin);
    }

    private IOException unreachable(IOException cause, long retries) {
        return new IOException(
                "The text socket "
                        + hostname
                        + ":"
                        + port
                        + " cannot be read after "
                        + retries
                        + " retries: "
                        + cause.getMessage()
                        + ". Start what listens there first, or allow more retries.",
                cause);
    }

    @Override
    public void cancel() {
        canceled = true;
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
