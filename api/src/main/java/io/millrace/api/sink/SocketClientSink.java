package io.millrace.api.sink;

import io.millrace.api.function.OpenContext;
import io.millrace.api.serialization.SchemaContext;
import io.millrace.api.serialization.SerializationSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each record to a socket. What was sent before a connection broke may be lost or, after a
 * restart of the job, come again.
 */
@SuppressWarnings("deprecation")
public class SocketClientSink<IN> extends RichSinkFunction<IN> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SocketClientSink.class);
    private static final long RETRY_DELAY_MS = 500;

    private final String hostName;
    private final int port;
    private final SerializationSchema<IN> schema;
    private final int maxNumRetries;
    private transient Socket client;
    private transient OutputStream output;

    /** Fails the job when the connection breaks. */
    public SocketClientSink(String hostName, int port, SerializationSchema<IN> schema) {
        this(hostName, port, schema, 0);
    }

    /**
     * @param maxNumRetries how often to connect again for one record; 0 for never, -1 for as long
     *     as it takes
     */
    public SocketClientSink(
            String hostName, int port, SerializationSchema<IN> schema, int maxNumRetries) {
        this(hostName, port, schema, maxNumRetries, false);
    }

    /**
     * @param autoflush has no effect: nothing is held back
     */
    public SocketClientSink(
            String hostName,
            int port,
            SerializationSchema<IN> schema,
            int maxNumRetries,
            boolean autoflush) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("A port is from 1 to 65535, not " + port + ".");
        }
        if (maxNumRetries < -1) {
            throw new IllegalArgumentException(
                    "The number of retries is 0 or more, or -1, not " + maxNumRetries + ".");
        }
        this.hostName = Objects.requireNonNull(hostName);
        this.port = port;
        this.schema = Objects.requireNonNull(schema);
        this.maxNumRetries = maxNumRetries;
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        super.open(openContext);
        schema.open(
                new SchemaContext(
                        getRuntimeContext().getMetricGroup(),
                        getRuntimeContext()::getUserCodeClassLoader));
        try {
            connect();
        } catch (IOException e) {
            throw broken(e, 0);
        }
    }

    private void connect() throws IOException {
        client = new Socket(hostName, port);
        client.setKeepAlive(true);
        client.setTcpNoDelay(true);
        output = client.getOutputStream();
    }

    @Override
    public void invoke(IN value) throws Exception {
        byte[] message = schema.serialize(value);
        try {
            output.write(message);
        } catch (IOException e) {
            sendAgain(message, e);
        }
    }

    private void sendAgain(byte[] message, IOException first) throws Exception {
        IOException last = first;
        for (int retries = 0; maxNumRetries == -1 || retries < maxNumRetries; retries++) {
            LOG.warn(
                    "socket connection broke, connecting again host={} port={} retries={}",
                    hostName,
                    port,
                    retries,
                    last);
            TimeUnit.MILLISECONDS.sleep(RETRY_DELAY_MS);
            try {
                disconnect();
                connect();
                output.write(message);
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw broken(last, Math.max(0, maxNumRetries));
    }

    private IOException broken(IOException cause, int retries) {
        return new IOException(
                "Nothing can be sent to the socket "
                        + hostName
                        + ":"
                        + port
                        + " after "
                        + retries
                        + " retries: "
                        + cause.getMessage()
                        + ". Start what listens there first, or allow more retries.",
                cause);
    }

    private void disconnect() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void close() throws Exception {
        disconnect();
    }
}
