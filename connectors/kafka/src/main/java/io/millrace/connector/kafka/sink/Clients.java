package io.millrace.connector.kafka.sink;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Makes clients for administration. */
final class Clients {
    private Clients() {}

    static Admin admin(KafkaSinkSettings<?> settings, String name) throws InterruptedException {
        try {
            return Admin.create(settings.admin(name));
        } catch (KafkaException e) {
            throw SinkErrors.of(e, "make a client", settings.servers());
        }
    }
}
