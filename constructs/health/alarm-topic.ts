import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';

/** Properties for `AlarmTopic`. */
export interface AlarmTopicProps {
  /** What the topic's generated name begins with. */
  readonly name: string;

  /** Who gets the alarms. AWS asks that address for consent first. */
  readonly email: string;
}

/** Where a portal's alarms go. */
export class AlarmTopic extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, { name, email }: AlarmTopicProps) {
    super(scope, id);

    const topic = new SnsTopic(this, 'Resource', { namePrefix: `${name}-alarms-` });
    new SnsTopicSubscription(this, 'email', { topicArn: topic.arn, protocol: 'email', endpoint: email });
    this.arn = topic.arn;
  }
}
