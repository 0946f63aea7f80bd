/**
 * Event time: how records get timestamps and how the engine learns how far time has come. Way in:
 * {@link io.millrace.api.time.WatermarkStrategy}. Generators and assigners are confined to the
 * task.
 */
package io.millrace.api.time;
