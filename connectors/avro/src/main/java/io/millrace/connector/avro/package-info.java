/**
 * Records of Apache Avro as types: classes that Avro generates, and generic records. Way in: {@link
 * io.millrace.connector.avro.AvroTypeInfo} and {@link
 * io.millrace.connector.avro.GenericRecordAvroTypeInfo}; generated classes are also found by
 * themselves, by the service file. Descriptions are immutable; serializers are confined to their
 * task.
 */
package io.millrace.connector.avro;
