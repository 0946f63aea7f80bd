/**
 * Records of Kafka whose keys and values are JSON. Beside Jackson, in the job's jar, and not in the
 * plugin of Kafka: the program sees Jackson's objects.
 *
 * <p>Way in: {@link io.millrace.connector.kafka.json.JSONKeyValueDeserializationSchema}. Schemas
 * are confined to their task.
 */
package io.millrace.connector.kafka.json;
